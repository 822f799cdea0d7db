// Loaded before a node's own code: a send that is repeated is a new message.
import { randomUUID } from "node:crypto";
import { GroupCommit } from "~/server/messages/group-commit";

const submit = GroupCommit.prototype.submit;
GroupCommit.prototype.submit = function (this: typeof GroupCommit.prototype, item: object) {
  return submit.call(this, { ...item, clientId: randomUUID() });
};
