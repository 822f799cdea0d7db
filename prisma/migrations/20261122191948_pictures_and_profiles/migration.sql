-- AlterTable
ALTER TABLE "Room" ADD COLUMN     "pictureId" UUID;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "deletedAt" TIMESTAMPTZ(3),
ADD COLUMN     "pictureId" UUID,
ADD COLUMN     "profileChangedAt" TIMESTAMPTZ(3),
ADD COLUMN     "profileRev" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Picture" (
    "id" UUID NOT NULL,
    "ownerId" UUID,
    "expiresAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Picture_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Picture_ownerId_idx" ON "Picture"("ownerId");

-- CreateIndex
CREATE INDEX "Picture_expiresAt_idx" ON "Picture"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Room_pictureId_key" ON "Room"("pictureId");

-- CreateIndex
CREATE UNIQUE INDEX "User_pictureId_key" ON "User"("pictureId");

-- CreateIndex
CREATE INDEX "User_profileChangedAt_idx" ON "User"("profileChangedAt");

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_pictureId_fkey" FOREIGN KEY ("pictureId") REFERENCES "Picture"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Room" ADD CONSTRAINT "Room_pictureId_fkey" FOREIGN KEY ("pictureId") REFERENCES "Picture"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Picture" ADD CONSTRAINT "Picture_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
