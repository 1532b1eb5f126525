-- AlterTable
ALTER TABLE "TranscriptDeletion" ADD COLUMN "bytesGoneAt" TIMESTAMPTZ(3);
