import { accountOperations } from "./account";
import { attachmentOperations } from "./attachments";
import { authOperations } from "./auth";
import { contactOperations } from "./contacts";
import { groupOperations } from "./groups";
import { messageOperations } from "./messages";
import { notificationOperations } from "./notifications";
import type { Operation } from "./operation";
import { roomOperations } from "./rooms";

/** Everything that REST can do. */
export const operations: Operation[] = [
  ...authOperations,
  ...accountOperations,
  ...contactOperations,
  ...roomOperations,
  ...groupOperations,
  ...messageOperations,
  ...attachmentOperations,
  ...notificationOperations,
];
