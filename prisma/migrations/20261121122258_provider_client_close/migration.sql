-- AlterTable
ALTER TABLE "Provider" ADD COLUMN     "drainMs" INTEGER NOT NULL DEFAULT 30000,
ADD COLUMN     "onClientClose" TEXT,
ADD COLUMN     "usageFallback" TEXT NOT NULL DEFAULT 'estimated';
