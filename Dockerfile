# One image for every process of an installation: `web`, `ws` and the one-shot `migrate` differ in their command.

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && node scripts/pack.js /out

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps DATA_DIR=/data
RUN mkdir /data && chown node:node /data
COPY --from=build /out ./
USER node
VOLUME /data
EXPOSE 3000 3001
CMD ["node", "dist/web.js"]
