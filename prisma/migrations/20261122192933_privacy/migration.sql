-- AlterTable
ALTER TABLE "User" ADD COLUMN     "sharesPresence" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "sharesReading" BOOLEAN NOT NULL DEFAULT true;
