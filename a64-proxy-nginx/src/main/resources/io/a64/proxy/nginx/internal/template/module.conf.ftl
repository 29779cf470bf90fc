<#macro options>
    set $a64_prefix [=route.bare];
    set $a64_websocket <#if route.websocket>on<#else>off</#if>;
    client_max_body_size [=route.maxBody];
    proxy_read_timeout [=route.readTimeout]ms;
<#list ["http", "https"] as scheme>
<#list ["", ":$server_port"] as port>
    proxy_redirect [=scheme]://$host[=port?no_esc][=route.path] [=route.path];
    proxy_redirect [=scheme]://$host[=port?no_esc]/ [=route.path];
</#list>
</#list>
    proxy_redirect "~^/(?!/|[=route.pattern](?:[/?#]|\z))(?<a64_location>.*)$" [=route.path]$a64_location;
    proxy_cookie_path "~^/(?![=route.pattern](?:/|;|\s|\z))(?<a64_cookie>.*)$" [=route.path]$a64_cookie;
</#macro>
# Written by A64 Ports: module [=route.module], generation [=route.generation].
location = [=route.bare] {
    client_max_body_size [=route.maxBody];
    return 308 [=route.path]$is_args$args;
}
location = [=route.path]health {
    access_log off;
<@options/>
    proxy_pass http://[=route.group]/health;
}
location ^~ [=route.path] {
<@options/>
    proxy_pass http://[=route.group]/;
}
