import { z } from "zod";
import {
  addContactInput,
  contactInput,
  contactListSchema,
  contactSchema,
  personSchema,
  searchPeopleInput,
  userInput,
} from "~/shared/contacts";
import { userSchema } from "~/shared/users";
import { operation } from "./operation";

const nothing = z.object({});

export const peopleFoundSchema = z.object({ items: z.array(personSchema), nextCursor: z.null() });
export const userListSchema = z.object({ items: z.array(userSchema), nextCursor: z.null() });

export const contactOperations = [
  operation({
    method: "get",
    path: "/users",
    id: "searchUsers",
    tag: "contacts",
    summary: "People by name or username: partial, accents and case ignored",
    status: 200,
    input: searchPeopleInput,
    output: peopleFoundSchema,
    example: { query: "lovel" },
    call: async (api, input) => ({ items: await api.contacts.search(input), nextCursor: null }),
  }),
  operation({
    method: "get",
    path: "/contacts",
    id: "listContacts",
    tag: "contacts",
    summary: "My contacts",
    status: 200,
    input: nothing,
    output: contactListSchema,
    call: (api) => api.contacts.list(),
  }),
  operation({
    method: "post",
    path: "/contacts",
    id: "addContact",
    tag: "contacts",
    summary: "Add somebody by their username or user id: opens the room of the two of us",
    status: 201,
    input: addContactInput,
    output: contactSchema,
    example: { username: "bruno" },
    refusals: ["USER_NOT_FOUND", "CANNOT_ADD_YOURSELF", "BLOCKED_BY_YOU"],
    call: (api, input) => api.contacts.add(input),
  }),
  operation({
    method: "delete",
    path: "/contacts/{contactId}",
    id: "removeContact",
    tag: "contacts",
    summary: "Take somebody off my contacts; the room and its messages stay",
    status: 204,
    input: contactInput,
    output: z.void(),
    refusals: ["CONTACT_NOT_FOUND"],
    call: (api, input) => api.contacts.remove(input),
  }),
  operation({
    method: "get",
    path: "/blocks",
    id: "listBlocked",
    tag: "contacts",
    summary: "The people I have blocked, the latest first",
    status: 200,
    input: nothing,
    output: userListSchema,
    call: async (api) => ({ items: await api.contacts.blocked(), nextCursor: null }),
  }),
  operation({
    method: "put",
    path: "/blocks/{userId}",
    id: "block",
    tag: "contacts",
    summary: "Block somebody: they learn nothing of it",
    status: 204,
    input: userInput,
    output: z.void(),
    refusals: ["USER_NOT_FOUND"],
    call: (api, input) => api.contacts.block(input),
  }),
  operation({
    method: "delete",
    path: "/blocks/{userId}",
    id: "unblock",
    tag: "contacts",
    summary: "Unblock somebody",
    status: 204,
    input: userInput,
    output: z.void(),
    call: (api, input) => api.contacts.unblock(input),
  }),
];
