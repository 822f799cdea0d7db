/** Stands in every export, for whoever opens it. */
export const readMe = `Charla: your data / tus datos

profile.json             your account / tu cuenta
picture.webp             your picture, if you have one / tu foto, si tienes
sessions.json            where you are signed in / dónde iniciaste sesión
contacts.json            your contacts / tus contactos
blocked.json             whom you have blocked / a quiénes bloqueaste
rooms.json               your chats, and what you are in each / tus charlas, y qué eres en cada una
messages/<chat>.json     all that you can read in a chat, in its order / todo lo que puedes leer en una charla, en orden
messages/elsewhere.json  what you wrote in groups that you have left / lo que escribiste en grupos que dejaste
files/                   the files that you sent / los archivos que enviaste

Times are in UTC. The fields are those of the API: /api/docs on the server that this is from.
Las horas son UTC. Los campos son los de la API: /api/docs en el servidor de donde sale esto.
`;
