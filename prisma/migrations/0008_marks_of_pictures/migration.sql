-- A mark belongs to a picture: one of the steps that a run keeps, or the finished one (0). Until now the steps of a run
-- shared theirs.
ALTER TABLE "Mark" ADD COLUMN "partial" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Mark" DROP CONSTRAINT "Mark_pkey";
ALTER TABLE "Mark" ADD CONSTRAINT "Mark_pkey" PRIMARY KEY ("studyId", "renderKey", "partial");

INSERT INTO "Mark" ("studyId", "renderKey", "partial", "rating", "mark", "note", "skipped")
SELECT DISTINCT m."studyId", m."renderKey", c."partial", m."rating", m."mark", m."note", m."skipped"
FROM "Mark" m JOIN "Cell" c ON c."studyId" = m."studyId" AND c."renderKey" = m."renderKey"
WHERE c."partial" IS NOT NULL;

-- Checking the study of every cell by itself cost a fifth of the time that cells take to be written. Whoever writes cells
-- holds the study, and whoever deletes it deletes them.
ALTER TABLE "Cell" DROP CONSTRAINT "Cell_studyId_fkey";
