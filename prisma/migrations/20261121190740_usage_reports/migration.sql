-- CreateEnum
CREATE TYPE "ReportState" AS ENUM ('waiting', 'running', 'ready', 'failed', 'cancelled', 'expired');

-- CreateEnum
CREATE TYPE "ReportFormat" AS ENUM ('csv', 'parquet');

-- CreateEnum
CREATE TYPE "ReportInterval" AS ENUM ('hour', 'day', 'month', 'total');

-- CreateTable
CREATE TABLE "UsageReport" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "state" "ReportState" NOT NULL DEFAULT 'waiting',
    "format" "ReportFormat" NOT NULL,
    "interval" "ReportInterval" NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,
    "timeZone" TEXT NOT NULL,
    "dimensions" TEXT[],
    "tagKeys" TEXT[],
    "filter" JSONB NOT NULL DEFAULT '{}',
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "fileName" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "slices" INTEGER NOT NULL,
    "slicesDone" INTEGER NOT NULL DEFAULT 0,
    "after" TEXT[],
    "rows" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "pieces" INTEGER NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "readyAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "problem" TEXT,
    "leaseId" UUID,
    "leaseUntil" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "stalledAt" TIMESTAMPTZ(3),

    CONSTRAINT "UsageReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UsageReportPiece" (
    "reportId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "start" BIGINT NOT NULL,
    "size" INTEGER NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "UsageReportPiece_pkey" PRIMARY KEY ("reportId","number")
);

-- CreateTable
CREATE TABLE "UsageReportSlice" (
    "reportId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "rows" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "pieces" INTEGER NOT NULL,
    "metadata" BYTEA NOT NULL,

    CONSTRAINT "UsageReportSlice_pkey" PRIMARY KEY ("reportId","number")
);

-- CreateIndex
CREATE INDEX "UsageReport_projectId_createdAt_idx" ON "UsageReport"("projectId", "createdAt");

-- CreateIndex
CREATE INDEX "UsageReport_state_createdAt_idx" ON "UsageReport"("state", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "UsageReportPiece_reportId_start_key" ON "UsageReportPiece"("reportId", "start");

-- AddForeignKey
ALTER TABLE "UsageReport" ADD CONSTRAINT "UsageReport_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UsageReportPiece" ADD CONSTRAINT "UsageReportPiece_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "UsageReport"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UsageReportSlice" ADD CONSTRAINT "UsageReportSlice_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "UsageReport"("id") ON DELETE CASCADE ON UPDATE CASCADE;
