# The whole configuration of an NGINX in front of A64 Ports.
<#if user??>
# The prefix is closed to others, so the workers run as its owner.
user [=user];
</#if>
worker_processes auto;
# Twice the connections, because a request may also have a file open.
worker_rlimit_nofile 16384;
pcre_jit on;
worker_shutdown_timeout 300s;
<#if ownPrefix>
pid nginx.pid;
error_log error.log notice;
<#else>
pid /run/nginx.pid;
error_log /var/log/nginx/error.log notice;
</#if>

events {
    worker_connections 8192;
}

http {
    default_type application/octet-stream;
    server_tokens off;
<#if ownPrefix>
    access_log access.log;
    client_body_temp_path client_body_temp;
    proxy_temp_path proxy_temp;
    fastcgi_temp_path fastcgi_temp;
    uwsgi_temp_path uwsgi_temp;
    scgi_temp_path scgi_temp;
<#else>
    access_log /var/log/nginx/access.log;
</#if>

<#include "http-include.ftl">

    server {
        listen [=listen] default_server;
        server_name _;

<#include "server-include.ftl">

        location / {
            return 404;
        }
        location = /health {
            access_log off;
            default_type text/plain;
            return 200 "ok\n";
        }
    }
}
