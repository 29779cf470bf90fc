# --- A64 Ports: these lines belong in the server {} that serves the modules ---
include [=configDir]/a64/current/server*.conf;
# --- A64 Ports: end of server {} ---
