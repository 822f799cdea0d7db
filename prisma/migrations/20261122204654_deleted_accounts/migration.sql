-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "closedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "RetiredUsername" (
    "hash" BYTEA NOT NULL,

    CONSTRAINT "RetiredUsername_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Erasure" (
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Erasure_pkey" PRIMARY KEY ("userId")
);

-- AddForeignKey
ALTER TABLE "Erasure" ADD CONSTRAINT "Erasure_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
