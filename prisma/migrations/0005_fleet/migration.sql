-- Lanes that a person asked for; null follows the fleet.
ALTER TABLE "Study" ADD COLUMN "lanes" SMALLINT;

-- Cells left out by hand, by picture: they stay so when axes change.
ALTER TABLE "Mark" ADD COLUMN "skipped" BOOLEAN NOT NULL DEFAULT false;

-- A picture at which renderers or workers die again and again fails alone, wherever it is tried.
ALTER TABLE "Render" ADD COLUMN "deaths" SMALLINT NOT NULL DEFAULT 0;

-- A device that keeps failing gets no work until a person brings it back; what a person allows it.
ALTER TABLE "Device" ADD COLUMN "asideAt" TIMESTAMPTZ(3),
                     ADD COLUMN "asideReason" TEXT,
                     ADD COLUMN "memoryLimit" BIGINT,
                     ADD COLUMN "batchLimit" SMALLINT;
