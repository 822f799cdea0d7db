import { randomUUID } from "node:crypto";
import type { Runtime } from "~/server/runtime";
import { groupMaxMembers } from "~/shared/limits";
import type { Make, Sent } from "./rest-scenarios";
import { type Actor, openScene, type Scene } from "./scene";

/** What its owner, or who else `by` names, sends about a group. */
const inGroup =
  (request: (scene: Scene) => Sent = () => ({}), by: (scene: Scene) => Actor = ({ owner }) => owner): Make =>
  async ({ node }) => {
    const scene = await openScene(node);
    const { path, ...rest } = request(scene);
    return { token: by(scene).token, path: { roomId: scene.groupId, ...path }, ...rest };
  };

const peer = (scene: Scene) => scene.peer;
const elsewhere = (request: (scene: Scene) => Sent = () => ({})): Make =>
  inGroup((scene) => {
    const { path, ...rest } = request(scene);
    return { ...rest, path: { ...path, roomId: randomUUID() } };
  });

/** What an admin may do: nobody outside learns of the group, and its other members may not. */
const forAdmins = (request: (scene: Scene) => Sent): Record<string, Make> => ({
  ok: inGroup(request),
  ROOM_NOT_FOUND: elsewhere(request),
  NOT_ALLOWED: inGroup(request, peer),
});

/** Fills a group to its last place. */
const fill = async (node: Runtime, roomId: string): Promise<void> => {
  const ids = Array.from({ length: groupMaxMembers - 2 }, () => randomUUID());
  const nobody = { displayName: "", searchName: "", passwordHash: "" };
  await node.db.user.createMany({ data: ids.map((id) => ({ id, username: id, ...nobody })) });
  await node.db.membership.createMany({ data: ids.map((userId) => ({ roomId, userId })) });
};

const other = ({ other: { user } }: Scene): Sent => ({ body: { userIds: [user.id] } });
const aboutPeer = (scene: Scene, body?: unknown): Sent => ({ path: { userId: scene.peer.user.id }, body });
const nobody = (body?: unknown): Make => inGroup(() => ({ path: { userId: randomUUID() }, body }));
const byLink = ({ invite, other: { token } }: Scene): Sent => ({ token, path: { token: invite.token } });
const noLink: Make = () => ({ path: { token: "nothing" } });
const longLink: Make = () => ({ path: { token: "x".repeat(100) } });

const afterBlocking =
  (body: (scene: Scene) => object): Make =>
  async ({ node }) => {
    const scene = await openScene(node);
    await scene.owner.api.contacts.block({ userId: scene.other.user.id });
    return { token: scene.owner.token, path: { roomId: scene.groupId }, body: body(scene) };
  };

/** The scenarios of groups, as `scenarios` has them. */
export const groupScenarios: Record<string, Record<string, Make>> = {
  createGroup: {
    ok: () => ({ body: { title: "Engines", userIds: [] } }),
    INVALID_INPUT: () => ({ body: { title: "" } }),
    USER_NOT_FOUND: () => ({ body: { title: "Engines", userIds: [randomUUID()] } }),
    BLOCKED_BY_YOU: afterBlocking((scene) => ({ title: "Engines", userIds: [scene.other.user.id] })),
  },
  renameGroup: {
    ...forAdmins(() => ({ body: { title: "Engines" } })),
    INVALID_INPUT: inGroup(() => ({ body: { title: "" } })),
  },
  setGroupPicture: {
    ...forAdmins(() => ({ body: { pictureId: null } })),
    INVALID_INPUT: inGroup(() => ({ body: { pictureId: "ours" } })),
    PICTURE_NOT_FOUND: inGroup(() => ({ body: { pictureId: randomUUID() } })),
  },
  listMembers: {
    ok: inGroup(),
    INVALID_INPUT: inGroup(() => ({ path: { roomId: "engines" } })),
    ROOM_NOT_FOUND: elsewhere(),
  },
  addMembers: {
    ...forAdmins(other),
    INVALID_INPUT: inGroup(() => ({ body: {} })),
    USER_NOT_FOUND: inGroup(() => ({ body: { userIds: [randomUUID()] } })),
    BLOCKED_BY_YOU: afterBlocking((scene) => ({ userIds: [scene.other.user.id] })),
    GROUP_FULL: async ({ node }) => {
      const scene = await openScene(node);
      await fill(node, scene.groupId);
      return { token: scene.owner.token, path: { roomId: scene.groupId }, ...other(scene) };
    },
  },
  removeMember: {
    ...forAdmins(aboutPeer),
    INVALID_INPUT: inGroup(() => ({ path: { userId: "bruno" } })),
    MEMBER_NOT_FOUND: nobody(),
  },
  setRole: {
    ...forAdmins((scene) => aboutPeer(scene, { role: "admin" })),
    INVALID_INPUT: inGroup((scene) => aboutPeer(scene, { role: "king" })),
    MEMBER_NOT_FOUND: nobody({ role: "admin" }),
  },
  leaveGroup: {
    ok: inGroup(() => ({}), peer),
    INVALID_INPUT: inGroup(() => ({ path: { roomId: "engines" } })),
    ROOM_NOT_FOUND: elsewhere(),
    OWNER_MUST_HAND_OVER: inGroup(),
  },
  createInvite: {
    ...forAdmins(() => ({ body: { maxUses: 5 } })),
    INVALID_INPUT: inGroup(() => ({ body: { maxUses: 0 } })),
  },
  listInvites: { ...forAdmins(() => ({})), INVALID_INPUT: inGroup(() => ({ path: { roomId: "engines" } })) },
  revokeInvite: {
    ...forAdmins(({ invite }) => ({ path: { inviteId: invite.id } })),
    INVALID_INPUT: inGroup(() => ({ path: { inviteId: "first" } })),
    INVITE_NOT_FOUND: inGroup(() => ({ path: { inviteId: randomUUID() } })),
  },
  previewInvite: { ok: inGroup(byLink), INVALID_INPUT: longLink, INVITE_NOT_FOUND: noLink },
  joinByInvite: {
    ok: inGroup(byLink),
    INVALID_INPUT: longLink,
    INVITE_NOT_FOUND: noLink,
    GROUP_FULL: async ({ node }) => {
      const scene = await openScene(node);
      await fill(node, scene.groupId);
      return byLink(scene);
    },
  },
};
