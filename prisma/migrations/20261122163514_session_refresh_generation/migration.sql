-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "refreshGeneration" INTEGER NOT NULL DEFAULT 0;
