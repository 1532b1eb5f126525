-- CreateEnum
CREATE TYPE "RestatementKind" AS ENUM ('RERATE', 'REVERSAL');

-- CreateEnum
CREATE TYPE "RestatementState" AS ENUM ('PREVIEWING', 'READY', 'BOOKING', 'BOOKED', 'FAILED', 'CANCELLED');

-- CreateTable
CREATE TABLE "Restatement" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "RestatementKind" NOT NULL,
    "state" "RestatementState" NOT NULL DEFAULT 'PREVIEWING',
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,
    "filter" JSONB NOT NULL DEFAULT '{}',
    "reason" TEXT NOT NULL,
    "requestedBy" TEXT NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "bookedBy" TEXT,
    "bookedAt" TIMESTAMPTZ(3),
    "knownAt" TIMESTAMPTZ(3) NOT NULL,
    "preview" JSONB,
    "booked" JSONB,
    "reversesId" UUID,
    "problem" TEXT,
    "queuedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done" BIGINT NOT NULL DEFAULT 0,
    "total" BIGINT,
    "checkpoint" JSONB,
    "leaseId" UUID,
    "leaseUntil" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Restatement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccountingMonth" (
    "projectId" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "isClosed" BOOLEAN NOT NULL,
    "closedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedBy" TEXT NOT NULL,
    "spendAtClose" DECIMAL(38,12) NOT NULL,
    "callsAtClose" BIGINT NOT NULL,
    "reopenedAt" TIMESTAMPTZ(3),
    "reopenedBy" TEXT,
    "reopenReason" TEXT,

    CONSTRAINT "AccountingMonth_pkey" PRIMARY KEY ("projectId","month")
);

-- CreateIndex
CREATE INDEX "Restatement_state_queuedAt_idx" ON "Restatement"("state", "queuedAt");

-- CreateIndex
CREATE INDEX "Restatement_reversesId_idx" ON "Restatement"("reversesId");

-- CreateIndex
CREATE UNIQUE INDEX "Restatement_projectId_number_key" ON "Restatement"("projectId", "number");

-- AddForeignKey
ALTER TABLE "Restatement" ADD CONSTRAINT "Restatement_reversesId_fkey" FOREIGN KEY ("reversesId") REFERENCES "Restatement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Restatement" ADD CONSTRAINT "Restatement_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountingMonth" ADD CONSTRAINT "AccountingMonth_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
