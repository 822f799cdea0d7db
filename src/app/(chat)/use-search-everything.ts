import { usePeopleCalled } from "~/components/contacts/use-people-called";
import { readSearch, toMessageSearch, unfinishedFilter } from "~/components/messages/search/search-text";
import { useFilterOptions } from "~/components/messages/search/use-filter-options";
import { useMessageSearch } from "~/components/messages/search/use-message-search";
import { useInbox } from "~/components/rooms/inbox-provider";
import { useRoomName } from "~/components/rooms/use-room-name";
import { useRoomsCalled } from "~/components/rooms/use-rooms-called";
import { useDebounced } from "~/components/ui/use-debounced";
import { foldForSearch } from "~/shared/fold-for-search";
import type { User } from "~/shared/users";

const typingPauseMs = 200;

type Scene = { text: string; onChange: (text: string) => void; me: User };

/**
 * What a typed text finds: rooms and people by their names, and messages. Once there is a filter only messages are meant;
 * rooms and people then complete it.
 */
export const useSearchEverything = ({ text, onChange, me }: Scene) => {
  const roomName = useRoomName();
  const inbox = useInbox();
  const settled = useDebounced(text, typingPauseMs);
  const isSettled = settled === text;
  const { query, filters } = readSearch(text);
  const unfinished = unfinishedFilter(text);
  const isFiltered = filters.length > 0;
  const named = isFiltered ? "" : query;

  const room = filters.find(({ name }) => name === "in")?.value ?? named;
  const rooms = useRoomsCalled(room, isSettled ? room : "");
  const person = unfinished?.name === "from" ? unfinished.value : named;
  const found = usePeopleCalled(isSettled ? person.replace(/^@/, "") : "");

  const findRoom = (name: string): string | undefined => {
    const wanted = foldForSearch(name);
    const names = rooms.map((one) => ({ id: one.id, name: foldForSearch(roomName(one)) }));
    return (names.find((one) => one.name === wanted) ?? names.find((one) => one.name.startsWith(wanted)))?.id;
  };
  const scene = { now: new Date(), myUsername: me.username, findRoom };
  const { search, unknown } = toMessageSearch(readSearch(settled), scene);
  const messages = useMessageSearch(settled.trim() !== "" && unknown.length === 0 ? search : null);

  const peers = inbox.rooms.flatMap(({ peer }) => peer ?? []);
  const known = new Set(peers.map(({ id }) => id));
  const filterOptions = useFilterOptions({
    text,
    onChange,
    me,
    people: [...peers, ...found.people.filter(({ id }) => !known.has(id))],
    rooms: rooms.map((one) => ({ id: one.id, name: roomName(one) })),
  });
  const shownPeers = new Set(rooms.map(({ peer }) => peer?.id));
  const [first] = unknown;
  return {
    filterOptions,
    rooms: isFiltered ? [] : rooms,
    people: isFiltered ? [] : found.people.filter(({ id }) => !shownPeers.has(id)),
    messages: messages.found,
    /** The words to mark in what was found. */
    query: search.query,
    /** The first filter that means nothing to us. */
    unknown: first && settled.slice(first.start, first.end),
    pending: !isSettled || found.pending || messages.pending,
    error: found.error ?? messages.error,
    more: messages.more,
  };
};
