-- CreateEnum
CREATE TYPE "TranscriptDeletionState" AS ENUM ('WAITING', 'DONE', 'FAILED');

-- CreateTable
CREATE TABLE "TranscriptDeletion" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "state" "TranscriptDeletionState" NOT NULL DEFAULT 'WAITING',
    "orderedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "orderedBy" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "conversationId" UUID,
    "appId" UUID,
    "user" TEXT,
    "providerId" UUID,
    "from" TIMESTAMPTZ(3),
    "to" TIMESTAMPTZ(3),
    "tables" JSONB,
    "doneAt" TIMESTAMPTZ(3),
    "problem" TEXT,
    "leaseId" UUID,
    "leaseUntil" TIMESTAMPTZ(3),

    CONSTRAINT "TranscriptDeletion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "TranscriptDeletion_state_orderedAt_idx" ON "TranscriptDeletion"("state", "orderedAt");

-- CreateIndex
CREATE INDEX "TranscriptDeletion_projectId_orderedAt_id_idx" ON "TranscriptDeletion"("projectId", "orderedAt", "id");

-- AddForeignKey
ALTER TABLE "TranscriptDeletion" ADD CONSTRAINT "TranscriptDeletion_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
