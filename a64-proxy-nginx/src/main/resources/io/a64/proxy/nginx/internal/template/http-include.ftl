# --- A64 Ports: these lines belong in http {} ---
include [=configDir]/a64/current/http*.conf;
# --- A64 Ports: end of http {} ---
