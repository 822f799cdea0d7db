// A bot: says back what it is told, in every room that it is in, each message once.
// npx tsx docs/bot.ts http://localhost:3000 echo "its password"
import { type Charla, createCharla, signInAs } from "charla/client";

/** Answers until the returned client is closed. */
export const startBot = async (account: {
  url: string;
  username: string;
  password: string;
}): Promise<Charla> => {
  const charla = createCharla({ url: account.url, token: signInAs(account) });
  const { api } = charla;
  const me = await api.auth.me.query();
  const followed = new Set<string>();
  const report = (error: Error) => process.stderr.write(`${error.message}\n`);

  const follow = (roomId: string, readSeq: number) => {
    if (followed.has(roomId)) return;
    followed.add(roomId);
    // From the beginning; after a cut it goes on by itself with the first change that it missed.
    api.messages.onMessage.subscribe(
      { roomId, lastEventId: "0" },
      {
        onData: ({ data: { id, seq, body, author } }) => {
          if (author.id === me.id || seq <= readSeq || body === "") return;
          // One answer a message: sent again under the same client id, it is the one that exists.
          api.messages.send.mutate({ roomId, clientId: id, body }).catch(report);
        },
      },
    );
  };

  api.rooms.onInbox.subscribe(undefined, {
    onData: (event) => {
      if (event.type === "snapshot") for (const room of event.rooms) follow(room.id, room.lastReadSeq);
      if (event.type === "room") follow(event.room.id, event.room.lastReadSeq);
    },
  });
  return charla;
};

const [url, username, password] = process.argv.slice(2);
if (import.meta.filename === process.argv[1] && url && username && password) {
  await startBot({ url, username, password });
}
