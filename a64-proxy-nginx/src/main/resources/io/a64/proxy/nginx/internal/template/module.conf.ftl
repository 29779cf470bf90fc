<#import "location.ftl" as location>
# Written by A64 Ports: module [=route.module], generation [=route.generation].
<@location.authorization route/>
location = [=route.bare] {
<@location.identity route/>
    client_max_body_size [=route.maxBody];
<@location.headers route/>
    return 308 [=route.path]$is_args$args;
}
location = [=route.path]health {
    access_log off;
    set $a64_prefix [=route.bare];
<@location.identity route/>
<@location.proxying route/>
<@location.headers route/>
<@location.access route/>
    proxy_pass http://[=route.group]/health;
}
location ^~ [=route.path] {
    set $a64_prefix [=route.bare];
<@location.identity route/>
<@location.proxying route/>
<@location.headers route/>
<@location.access route/>
<@location.limits route/>
<#if route.raw>
    if ($a64_raw = "") {
        return 400;
    }
    proxy_pass http://[=route.group]$a64_raw;
<#else>
    proxy_pass http://[=route.group]/;
</#if>
}
