<#-- What http {} says once for all modules. -->

<#-- A module or host may be called what a map takes for its own parameter. -->
<#macro key text><#if ["default", "hostnames", "include", "volatile"]?seq_contains(text)>\</#if>[=text]</#macro>

<#-- NGINX wants these before the first map, and from one place only. -->
<#macro hashes>
<#if mapHash??>
map_hash_max_size [=mapHash.size];
map_hash_bucket_size [=mapHash.bucket];
</#if>
<#if namesHash??>
server_names_hash_max_size [=namesHash.size];
server_names_hash_bucket_size [=namesHash.bucket];
</#if>
</#macro>

<#macro shared>
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
    "~*^:websocket$" websocket;
}
map $a64_upgrade $a64_connection {
    default "";
    websocket upgrade;
}
# Where a module sends clients: to its own place, which may have been written with or without the prefix.
map "$a64_prefix $host $server_port $a64_to" $a64_location {
    volatile;
    default $a64_to;
    "~^(?<a64_p>/[^ ]*) (?<a64_h>[^ ]+) (?<a64_n>[0-9]+) (?:https?://\k<a64_h>(?::\k<a64_n>)?)?(?<a64_t>\k<a64_p>(?:[/?#].*)?)\z" $a64_t;
    "~^(?<a64_p>/[^ ]*) (?<a64_h>[^ ]+) (?<a64_n>[0-9]+) (?:https?://\k<a64_h>(?::\k<a64_n>)?/|/(?!/))(?<a64_t>.*)\z" "$a64_p/$a64_t";
}
map "$a64_prefix $a64_to" $a64_cookie {
    volatile;
    default $a64_to;
    "~^(?<a64_p>/[^ ]*) (?<a64_t>\k<a64_p>(?:[/;\s].*)?)\z" $a64_t;
    "~^(?<a64_p>/[^ ]*) /(?<a64_t>.*)\z" "$a64_p/$a64_t";
}
<#if raw>
# What stands after the prefix, byte for byte; nothing if it could leave the prefix.
map "$a64_prefix $request_uri" $a64_raw {
    default "";
    "~^(?<a64_p>/[^ ]*) \k<a64_p>(?![^?]*(?:[/\x5c]|%2[fF]|%5[cC])(?:\.|%2[eE]){1,2}(?:[/\x5c;?]|%2[fF]|%5[cC]|%3[bB]|\z))(?<a64_t>/[^#]*)\z" $a64_t;
}
</#if>
<#if trusted?has_content>
<@forwarded/>
</#if>
<#if accessLog??>
map $a64_generation $a64_logged_generation {
    default $a64_generation;
    "" null;
}
log_format a64 escape=json '{"time":"$time_iso8601","module":"$a64_module","generation":$a64_logged_generation,'
    '"client":"$remote_addr","method":"$request_method","host":"$host","uri":"$request_uri","protocol":"$server_protocol",'
    '"status":$status,"bytes":$bytes_sent,"request_bytes":$request_length,"seconds":$request_time,'
    '"upstream":"$upstream_addr","upstream_status":"$upstream_status","upstream_seconds":"$upstream_response_time"}';
</#if>
</#macro>

<#-- Only those who are trusted may say for whom they speak, and only what could be true. -->
<#macro forwarded>
geo $realip_remote_addr $a64_trusted {
    default 0;
<#list trusted as range>
    [=range] 1;
</#list>
}
map "$a64_trusted$http_x_forwarded_for" $a64_forwarded_for {
    default $remote_addr;
    "~^1." "$http_x_forwarded_for, $realip_remote_addr";
}
map "$a64_trusted$http_x_forwarded_proto" $a64_forwarded_proto {
    default <#if tls>https<#else>$scheme</#if>;
    "~^1(?<a64_t>https?)\z" $a64_t;
}
map "$a64_trusted$http_x_forwarded_host" $a64_forwarded_host {
    default $host;
    "~^1(?<a64_t>[A-Za-z0-9.:\[\]-]+)\z" $a64_t;
}
map "$a64_trusted$http_x_forwarded_port" $a64_forwarded_port {
    default <#if tls>[=publicPort]<#else>$server_port</#if>;
    "~^1(?<a64_t>[0-9]{1,5})\z" $a64_t;
}
map "$a64_trusted$http_x_forwarded_prefix" $a64_forwarded_prefix {
    default $a64_prefix;
    "~^1(?<a64_t>(?:/[A-Za-z0-9._~-]+)+)\z" "$a64_t$a64_prefix";
}
</#macro>
