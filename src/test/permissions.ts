import { randomUUID } from "node:crypto";
import type { RouterInputs } from "~/server/trpc/root";
import type { Outcome } from "./doors";
import { browserKeys } from "./push-service";
import type { Scene } from "./scene";

/** One procedure: what it is asked, and what comes of that. */
export interface Row<Input> {
  input: (scene: Scene) => Input;
  /** Signed out, stranger, peer, owner. */
  comes: [nobody: Outcome, stranger: Outcome, peer: Outcome, owner: Outcome];
  /** The id of the REST operation that does the same; null where programs have no use for it. */
  rest: string | null;
  /** Whether it does what a scene can bear once: then each door is tried in a scene of its own. */
  once?: true;
}

type Rows = {
  [Noun in keyof RouterInputs]: { [Name in keyof RouterInputs[Noun]]: Row<RouterInputs[Noun][Name]> };
};

const signIn = "NOT_SIGNED_IN";
const noRoom = "ROOM_NOT_FOUND";
const anybody: Row<never>["comes"] = ["ok", "ok", "ok", "ok"];
const signedIn: Row<never>["comes"] = [signIn, "ok", "ok", "ok"];
const inRoom: Row<never>["comes"] = [signIn, noRoom, "ok", "ok"];
const adminOfGroup: Row<never>["comes"] = [signIn, noRoom, "NOT_ALLOWED", "ok"];
const ownerAlone = (refusal: Outcome): Row<never>["comes"] => [signIn, refusal, refusal, "ok"];

const newAccount = () => ({
  username: `u-${randomUUID().slice(0, 8)}`,
  password: "a password for everybody",
});
const nothing = () => undefined;
const room = ({ roomId }: Scene) => ({ roomId });
const group = ({ groupId }: Scene) => ({ roomId: groupId });
const other = ({ other: { user } }: Scene) => ({ userId: user.id });

/** Who may do what. A procedure without a row does not compile. */
const rows: Rows = {
  auth: {
    register: { input: () => ({ ...newAccount(), displayName: "New" }), comes: anybody, rest: null },
    signIn: { input: ({ ada }) => ada, comes: anybody, rest: null },
    createAccount: { input: newAccount, comes: anybody, rest: "register" },
    grantTokens: { input: ({ ada }) => ada, comes: anybody, rest: "login" },
    refreshTokens: {
      input: ({ refreshToken }) => ({ refresh_token: refreshToken }),
      // Good once, whoever brings it: the second use ends the session.
      comes: ["ok", "TOKEN_REUSED", "SESSION_ENDED", "SESSION_ENDED"],
      rest: "refresh",
      once: true,
    },
    signOut: { input: nothing, comes: signedIn, rest: "logout", once: true },
    me: { input: nothing, comes: signedIn, rest: "me" },
    updateProfile: { input: () => ({ displayName: "New" }), comes: signedIn, rest: "updateProfile" },
    setPicture: { input: () => ({ pictureId: null }), comes: signedIn, rest: "setPicture" },
    changePassword: {
      input: ({ owner }) => ({ currentPassword: owner.password, newPassword: owner.password }),
      comes: signedIn,
      rest: "changePassword",
      once: true,
    },
    privacy: { input: nothing, comes: signedIn, rest: "readPrivacy" },
    updatePrivacy: { input: () => ({ sharesReading: false }), comes: signedIn, rest: "updatePrivacy" },
    sessions: { input: nothing, comes: signedIn, rest: "listSessions" },
    revokeSession: {
      input: ({ owner }) => ({ sessionId: owner.sessionId }),
      comes: ownerAlone("SESSION_NOT_FOUND"),
      rest: "revokeSession",
      once: true,
    },
    revokeOtherSessions: { input: nothing, comes: signedIn, rest: "revokeOtherSessions", once: true },
  },
  account: {
    requestExport: { input: nothing, comes: signedIn, rest: "requestExport" },
    delete: {
      input: ({ owner }) => ({ password: owner.password }),
      comes: signedIn,
      rest: "deleteAccount",
      once: true,
    },
  },
  contacts: {
    search: { input: () => ({ query: "ada" }), comes: signedIn, rest: "searchUsers" },
    list: { input: nothing, comes: signedIn, rest: "listContacts" },
    add: { input: other, comes: signedIn, rest: "addContact" },
    remove: {
      input: ({ contactId }) => ({ contactId }),
      comes: ownerAlone("CONTACT_NOT_FOUND"),
      rest: "removeContact",
      once: true,
    },
    accept: {
      input: ({ requestId }) => ({ roomId: requestId }),
      comes: ownerAlone(noRoom),
      rest: "acceptRequest",
      once: true,
    },
    block: { input: other, comes: signedIn, rest: "block", once: true },
    unblock: { input: other, comes: signedIn, rest: "unblock" },
    blocked: { input: nothing, comes: signedIn, rest: "listBlocked" },
  },
  rooms: {
    list: { input: () => ({}), comes: signedIn, rest: "listRooms" },
    get: { input: room, comes: inRoom, rest: "getRoom" },
    markRead: { input: ({ roomId }) => ({ roomId, seq: 1 }), comes: inRoom, rest: "markRead" },
    markUnread: { input: room, comes: inRoom, rest: "markUnread" },
    typing: { input: room, comes: inRoom, rest: null },
    mute: { input: (scene) => ({ ...room(scene), until: null }), comes: inRoom, rest: "muteRoom" },
    onInbox: { input: nothing, comes: signedIn, rest: null },
  },
  groups: {
    create: { input: () => ({ title: "New", userIds: [] }), comes: signedIn, rest: "createGroup" },
    rename: {
      input: (scene) => ({ ...group(scene), title: "New" }),
      comes: adminOfGroup,
      rest: "renameGroup",
    },
    setPicture: {
      input: (scene) => ({ ...group(scene), pictureId: null }),
      comes: adminOfGroup,
      rest: "setGroupPicture",
    },
    members: { input: group, comes: inRoom, rest: "listMembers" },
    addMembers: {
      input: (scene) => ({ ...group(scene), userIds: [scene.other.user.id] }),
      comes: adminOfGroup,
      rest: "addMembers",
      once: true,
    },
    removeMember: {
      input: (scene) => ({ ...group(scene), userId: scene.peer.user.id }),
      comes: adminOfGroup,
      rest: "removeMember",
      once: true,
    },
    setRole: {
      input: (scene) => ({ ...group(scene), userId: scene.peer.user.id, role: "admin" }),
      comes: adminOfGroup,
      rest: "setRole",
      once: true,
    },
    leave: { input: group, comes: inRoom, rest: "leaveGroup", once: true },
    createInvite: { input: group, comes: adminOfGroup, rest: "createInvite" },
    invites: { input: group, comes: adminOfGroup, rest: "listInvites" },
    revokeInvite: {
      input: (scene) => ({ ...group(scene), inviteId: scene.invite.id }),
      comes: adminOfGroup,
      rest: "revokeInvite",
      once: true,
    },
    previewInvite: {
      input: ({ invite }) => ({ token: invite.token }),
      comes: signedIn,
      rest: "previewInvite",
    },
    joinByInvite: {
      input: ({ invite }) => ({ token: invite.token }),
      comes: signedIn,
      rest: "joinByInvite",
      once: true,
    },
    onMembers: { input: group, comes: inRoom, rest: null },
  },
  messages: {
    list: { input: room, comes: inRoom, rest: "listMessages" },
    search: {
      input: (scene) => ({ query: "mine", ...room(scene) }),
      comes: signedIn,
      rest: "searchMessages",
    },
    send: {
      input: (scene) => ({ ...room(scene), clientId: randomUUID(), body: "hola" }),
      comes: inRoom,
      rest: "sendMessage",
    },
    edit: {
      input: (scene) => ({ ...room(scene), seq: 1, body: "edited" }),
      comes: [signIn, noRoom, "MESSAGE_NOT_FOUND", "ok"],
      rest: "editMessage",
    },
    delete: {
      input: (scene) => ({ ...room(scene), seq: 1 }),
      comes: [signIn, noRoom, "MESSAGE_NOT_FOUND", "ok"],
      rest: "deleteMessage",
      once: true,
    },
    hide: {
      input: (scene) => ({ ...room(scene), seq: 1, on: true }),
      comes: inRoom,
      rest: "hideMessage",
    },
    react: {
      input: (scene) => ({ ...room(scene), seq: 1, emoji: "👍", on: true }),
      comes: inRoom,
      rest: "react",
    },
    onMessage: { input: (scene) => ({ ...room(scene), lastEventId: "0" }), comes: inRoom, rest: null },
  },
  attachments: {
    list: { input: room, comes: inRoom, rest: "listAttachments" },
    discard: { input: () => ({ id: randomUUID() }), comes: signedIn, rest: "discardAttachment" },
  },
  notifications: {
    doNotDisturb: { input: nothing, comes: signedIn, rest: "doNotDisturb" },
    setDoNotDisturb: { input: () => ({ until: null }), comes: signedIn, rest: "setDoNotDisturb" },
    pushKey: { input: nothing, comes: signedIn, rest: null },
    subscribe: {
      input: () => ({ endpoint: `https://push.example.org/${randomUUID()}`, ...browserKeys().address }),
      comes: signedIn,
      rest: null,
    },
    unsubscribe: { input: nothing, comes: signedIn, rest: null },
    test: {
      input: nothing,
      comes: [signIn, "NOT_SUBSCRIBED", "NOT_SUBSCRIBED", "NOT_SUBSCRIBED"],
      rest: null,
    },
    onAttention: { input: () => ({ looking: true }), comes: signedIn, rest: null },
  },
};

/** The same as a list, by the path of the procedure. */
export const permissions = Object.entries(rows).flatMap(([noun, procedures]) =>
  Object.entries(procedures).map(([name, row]) => ({ path: `${noun}.${name}`, row: row as Row<unknown> })),
);
