# docker build -t stepsize . && docker run -p 127.0.0.1:5080:8080 -v stepsize:/data stepsize

# Node.js, for the client libraries that the build restores with npm.
FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
RUN dotnet publish src/Web -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# The image's own user, who may write to the volume and nowhere else.
RUN mkdir /data && chown app:app /data
VOLUME /data
USER app
# Inside the container every address; what of it the outside reaches is said by docker run -p.
ENV STEPSIZE_URLS=http://0.0.0.0:8080 \
    STEPSIZE_DB=/data/stepsize.db \
    ASPNETCORE_HTTP_PORTS=
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["dotnet", "stepsize.dll", "health"]
ENTRYPOINT ["dotnet", "stepsize.dll"]
CMD ["serve"]
