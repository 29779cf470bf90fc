# Written by A64 Ports: included in http {}. Changes here end with this generation.
geo $a64_local {
    default 0;
    127.0.0.0/8 1;
    ::1 1;
<#if askedFromOutside>
    10.0.0.0/8 1;
    172.16.0.0/12 1;
    192.168.0.0/16 1;
    fc00::/7 1;
</#if>
}
map "$a64_websocket:$http_upgrade" $a64_upgrade {
    default "";
    "~*^on:websocket$" websocket;
}
map $a64_upgrade $a64_connection {
    default "";
    websocket upgrade;
}
<#list routes as route>
upstream [=route.group] {
<#if route.upstreams?size gt 1>
    least_conn;
</#if>
<#list route.upstreams as upstream>
    server [=upstream] max_fails=3 fail_timeout=5s;
</#list>
    keepalive 4;
    keepalive_timeout 2s;
}
</#list>
