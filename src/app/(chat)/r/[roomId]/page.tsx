import { notFound } from "next/navigation";
import { roomIdSchema } from "~/shared/rooms";
import { findMe, isRefusal, serverCaller } from "~/trpc/server";
import { MainZone } from "../../main-zone";

type RoomPageProps = { params: Promise<{ roomId: string }> };

export default async function RoomPage({ params }: RoomPageProps) {
  const { roomId } = await params;
  if (!roomIdSchema.safeParse(roomId).success) notFound();
  // The layout, which is drawn at the same time, leads to the sign-in.
  if (!(await findMe())) return null;
  const caller = await serverCaller();
  const room = await caller.rooms.get({ roomId }).catch((error: unknown) => {
    if (isRefusal(error, "NOT_FOUND")) notFound();
    throw error;
  });
  return <MainZone firstRoom={room} />;
}
