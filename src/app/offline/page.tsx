import { socketUrl } from "~/trpc/server";
import { OfflineChat } from "./offline-chat";

/** What the service worker keeps, to answer with while there is no connection: the chat, and nothing of anybody's. */
export default function OfflinePage() {
  return <OfflineChat socketUrl={socketUrl()} />;
}
