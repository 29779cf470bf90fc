# Written by A64 Ports: included in server {}. Changes here end with this generation.
absolute_redirect off;
set $a64_prefix "";
set $a64_websocket off;

proxy_http_version 1.1;
proxy_connect_timeout 5s;
proxy_next_upstream error timeout;
proxy_next_upstream_tries 2;

proxy_set_header Host $host;
proxy_set_header Connection $a64_connection;
proxy_set_header Upgrade $a64_upgrade;
proxy_set_header HTTP2-Settings "";
proxy_set_header X-Forwarded-For $remote_addr;
proxy_set_header X-Forwarded-Host $host;
<#if tls>
proxy_set_header X-Forwarded-Proto https;
proxy_set_header X-Forwarded-Port [=publicPort];
<#else>
proxy_set_header X-Forwarded-Proto $scheme;
proxy_set_header X-Forwarded-Port $server_port;
</#if>
proxy_set_header X-Forwarded-Prefix $a64_prefix;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Original-URI "";
proxy_set_header Forwarded "";
proxy_set_header Proxy "";

proxy_ignore_headers X-Accel-Redirect X-Accel-Limit-Rate X-Accel-Charset X-Accel-Expires;
proxy_hide_header X-Content-Type-Options;
proxy_hide_header X-Frame-Options;
add_header X-Content-Type-Options nosniff always;
add_header X-Frame-Options SAMEORIGIN always;

location = /__a64/generation {
    set $a64_self $a64_local;
    if ($remote_addr = $server_addr) {
        set $a64_self 1;
    }
    if ($a64_self = 0) {
        return 404;
    }
    access_log off;
    default_type text/plain;
    return 200 "[=generation]";
}
include [=directory]/modules/*.conf;
