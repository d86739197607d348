-- Grows with every new file of a study, so that an edit can name the one it was made from, and an expansion notices
-- that the file it expands is no longer the study's.
ALTER TABLE "Study" ADD COLUMN "edition" INTEGER NOT NULL DEFAULT 1,
                    ADD COLUMN "expanded" INTEGER NOT NULL DEFAULT 0;

-- The executed step whose intermediate picture a cell shows; null: the finished picture.
ALTER TABLE "Cell" ADD COLUMN "partial" INTEGER;

-- A picture made again on purpose: another render of the same recipe, under a key of its own.
ALTER TABLE "Render" ADD COLUMN "original" TEXT,
                     ADD COLUMN "take" INTEGER NOT NULL DEFAULT 0;

CREATE INDEX "Render_original_idx" ON "Render"("original") WHERE "original" IS NOT NULL;

-- Which take of a render a study shows, where it is not the first.
CREATE TABLE "Take" (
    "studyId" UUID NOT NULL,
    "original" TEXT NOT NULL,
    "renderKey" TEXT NOT NULL,

    CONSTRAINT "Take_pkey" PRIMARY KEY ("studyId","original")
);

ALTER TABLE "Take" ADD CONSTRAINT "Take_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE INDEX "Take_original_idx" ON "Take"("original");

-- A hundred thousand renders of one study differ from one base recipe: checking and indexing that for each of them cost
-- a quarter of the time they take to be written. Bases are deleted under a lock that keeps new renders out instead.
ALTER TABLE "Render" DROP CONSTRAINT "Render_baseHash_fkey";
DROP INDEX "Render_baseHash_idx";
