-- The ledger's first shape (schema.prisma says what each table is for). A migration is never edited once it has left
-- this machine: its checksum is kept in "_prisma_migrations".

CREATE TYPE "StudyStatus" AS ENUM ('draft', 'running', 'paused', 'finished', 'cancelled');

CREATE TYPE "RenderStatus" AS ENUM ('queued', 'rendering', 'done', 'failed');

CREATE TYPE "CellStatus" AS ENUM ('queued', 'rendering', 'done', 'failed', 'excluded');

CREATE TABLE "Study" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "file" JSONB NOT NULL,
    "status" "StudyStatus" NOT NULL DEFAULT 'draft',
    "priority" SMALLINT NOT NULL DEFAULT 3,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "version" BIGINT NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Study_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Cell" (
    "studyId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "coords" INTEGER[] NOT NULL,
    "renderKey" TEXT NOT NULL,
    "status" "CellStatus" NOT NULL,
    "rank" INTEGER NOT NULL,
    "reused" BOOLEAN NOT NULL DEFAULT false,
    "version" BIGINT NOT NULL,

    CONSTRAINT "Cell_pkey" PRIMARY KEY ("studyId","seq")
);

CREATE TABLE "Mark" (
    "studyId" UUID NOT NULL,
    "renderKey" TEXT NOT NULL,
    "rating" SMALLINT,
    "mark" TEXT,
    "note" TEXT,

    CONSTRAINT "Mark_pkey" PRIMARY KEY ("studyId","renderKey")
);

CREATE TABLE "BaseRecipe" (
    "hash" TEXT NOT NULL,
    "recipe" JSONB NOT NULL,

    CONSTRAINT "BaseRecipe_pkey" PRIMARY KEY ("hash")
);

CREATE TABLE "Render" (
    "key" TEXT NOT NULL,
    "baseHash" TEXT NOT NULL,
    "patch" JSONB NOT NULL,
    "pack" TEXT NOT NULL,
    "packHash" TEXT NOT NULL,
    "status" "RenderStatus" NOT NULL DEFAULT 'queued',
    "claim" TEXT,
    "device" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "step" INTEGER NOT NULL DEFAULT 0,
    "checkpoint" TEXT,
    "image" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "thumbs" JSONB,
    "partials" JSONB NOT NULL DEFAULT '[]',
    "metrics" JSONB,
    "timings" JSONB,
    "seconds" DOUBLE PRECISION,
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Render_pkey" PRIMARY KEY ("key")
);

-- One row per render in progress, rewritten about once a second: not worth a write-ahead log.
CREATE UNLOGGED TABLE "Preview" (
    "renderKey" TEXT NOT NULL,
    "claim" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "of" INTEGER NOT NULL,
    "webp" BYTEA,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Preview_pkey" PRIMARY KEY ("renderKey")
);

CREATE TABLE "Blob" (
    "sha" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Blob_pkey" PRIMARY KEY ("sha")
);

CREATE TABLE "Sheet" (
    "id" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "view" JSONB NOT NULL,
    "share" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Sheet_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Event" (
    "id" BIGSERIAL NOT NULL,
    "studyId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Device" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "memory" BIGINT,
    "packs" TEXT[] NOT NULL,
    "speed" JSONB,
    "session" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeen" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Device_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Pack" (
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "info" JSONB NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Pack_pkey" PRIMARY KEY ("name")
);

CREATE INDEX "Study_createdAt_idx" ON "Study"("createdAt" DESC);

CREATE INDEX "Cell_studyId_version_idx" ON "Cell"("studyId", "version");

CREATE INDEX "Cell_renderKey_idx" ON "Cell"("renderKey");

CREATE INDEX "Render_baseHash_idx" ON "Render"("baseHash");

CREATE UNIQUE INDEX "Sheet_share_key" ON "Sheet"("share");

CREATE INDEX "Sheet_studyId_idx" ON "Sheet"("studyId");

CREATE INDEX "Event_studyId_id_idx" ON "Event"("studyId", "id");

ALTER TABLE "Cell" ADD CONSTRAINT "Cell_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Mark" ADD CONSTRAINT "Mark_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Render" ADD CONSTRAINT "Render_baseHash_fkey" FOREIGN KEY ("baseHash") REFERENCES "BaseRecipe"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Sheet" ADD CONSTRAINT "Sheet_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Event" ADD CONSTRAINT "Event_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say ------------------------------------------------------------------------

-- The claim walks a study's queued cells in render order; this index holds nothing else and empties as work is done.
CREATE INDEX "Cell_claim_idx" ON "Cell"("studyId", "rank", "seq") WHERE "status" = 'queued';

-- The few cells whose step moves between versions.
CREATE INDEX "Cell_rendering_idx" ON "Cell"("studyId") WHERE "status" = 'rendering';

-- Interrupted renders come first.
CREATE INDEX "Render_resumable_idx" ON "Render"("key") WHERE "status" = 'queued' AND "checkpoint" IS NOT NULL;

-- Who holds what: lost claims, a new attempt releasing its predecessor's.
CREATE INDEX "Render_claim_idx" ON "Render"("claim") WHERE "status" = 'rendering';

-- Rates and speeds look at the last minutes only.
CREATE INDEX "Render_finishedAt_idx" ON "Render"("finishedAt") WHERE "status" = 'done';

ALTER TABLE "Study" ADD CONSTRAINT "Study_priority_check" CHECK ("priority" BETWEEN 1 AND 5);
ALTER TABLE "Mark" ADD CONSTRAINT "Mark_rating_check" CHECK ("rating" BETWEEN 1 AND 5);
ALTER TABLE "Mark" ADD CONSTRAINT "Mark_mark_check" CHECK ("mark" IN ('star', 'reject'));
ALTER TABLE "Render" ADD CONSTRAINT "Render_claim_check" CHECK (("status" = 'rendering') = ("claim" IS NOT NULL));
ALTER TABLE "Render" ADD CONSTRAINT "Render_image_check" CHECK (("status" = 'done') = ("image" IS NOT NULL));
