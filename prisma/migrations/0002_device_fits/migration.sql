-- What a device steps together, and the rung of the memory ladder that it needs, by pack hash and size.
ALTER TABLE "Device" ADD COLUMN "batch" INTEGER NOT NULL DEFAULT 1,
                     ADD COLUMN "fits" JSONB NOT NULL DEFAULT '{}';

-- A pack's description now says what its networks take. Workers register theirs again when they start.
DELETE FROM "Pack";
