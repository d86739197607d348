-- A pack's files are hashed when a worker registers it, and again when somebody asks for it.
ALTER TABLE "Pack" ADD COLUMN "checkedAt" TIMESTAMPTZ(3),
                   ADD COLUMN "problem" TEXT,
                   ADD COLUMN "askedAt" TIMESTAMPTZ(3),
                   ADD COLUMN "takenAt" TIMESTAMPTZ(3),
                   ADD COLUMN "host" TEXT,
                   ADD COLUMN "readBytes" BIGINT NOT NULL DEFAULT 0;
