-- The picture of a study that its others are measured against (LPIPS), by its render, and how far each is from it.
ALTER TABLE "Study" ADD COLUMN "reference" TEXT;

CREATE TABLE "Distance" (
    "studyId" UUID NOT NULL,
    "renderKey" TEXT NOT NULL,
    "lpips" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "Distance_pkey" PRIMARY KEY ("studyId", "renderKey")
);
ALTER TABLE "Distance" ADD CONSTRAINT "Distance_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE CASCADE ON UPDATE CASCADE;
