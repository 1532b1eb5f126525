-- CreateTable
CREATE TABLE "RecordingReport" (
    "proxyId" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "recorded" BIGINT NOT NULL,
    "spoolBytes" BIGINT NOT NULL,
    "spoolMaxBytes" BIGINT,
    "waitsSince" TIMESTAMPTZ(3),
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RecordingReport_pkey" PRIMARY KEY ("proxyId")
);

-- CreateTable
CREATE TABLE "RecordingDrop" (
    "proxyId" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "before" BIGINT NOT NULL,
    "after" BIGINT NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RecordingDrop_pkey" PRIMARY KEY ("proxyId","startedAt","reason","hour")
);

-- CreateIndex
CREATE INDEX "RecordingDrop_hour_idx" ON "RecordingDrop"("hour");
