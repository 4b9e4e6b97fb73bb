# The simulator as a container: `docker build -t dcass-sim .`, then
#
#   docker run --rm --init -p 8082:8082 -p 15001:15001 -p 15002:15002 -p 2022:2022 -p 2525:2525 -p 8092:8092 dcass-sim
#
# docs/guides/containers.md says how to reach it, also with a read-only file system and in Testcontainers.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY . .
# Nothing of the clone's own state comes along: .dockerignore.
RUN npm ci --no-audit --no-fund && node scripts/build.mjs

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="dcass-sim" \
      org.opencontainers.image.description="An offline simulator of HKEX's DCASS around the platform upgrade of May 2019. Not HKEX's system."
WORKDIR /opt/dcass-sim
# What the npm package has, and nothing else; it needs no other package at run time.
COPY --from=build /build/package.json /build/CHANGELOG.md ./
COPY --from=build /build/bin ./bin
COPY --from=build /build/dist ./dist
COPY --from=build /build/dictionaries ./dictionaries
COPY --from=build /build/scenarios ./scenarios
# Keys, certificates and files of the run: the one folder that is written. Mount a volume to keep the local CA.
RUN mkdir /state && chown node:node /state
VOLUME /state
ENV DCASS_SIM_STATE_DIR=/state \
    DCASS_SIM_PLAN=single \
    DCASS_SIM_LISTEN=0.0.0.0
USER node
# DCASS Online, OAPI 1 and 2, reports, mail, control API.
EXPOSE 8082 15001 15002 2022 2525 8092
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8092/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/dcass-sim.mjs"]
CMD ["up", "verification-day", "--at", "09:00", "--json"]
