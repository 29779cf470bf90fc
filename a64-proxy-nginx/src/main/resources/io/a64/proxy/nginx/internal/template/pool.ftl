<#-- Modules without needs of their own share groups of upstreams: NGINX looks for a group by its name, one after the
     other, and has room for few. Which server of a group a module has follows from its name: each stands in the slot
     that "hash" (compatible with Cache::Memcached) finds for it; its weight is the number of its slots. A
     retry would meet another module, so there is none inside a group; an idle connection that the module has just
     closed is tried again from outside. -->

<#import "maps.ftl" as maps>

<#macro upstreams>
<#if pooledPaths?has_content>
map $a64_segment $a64_path_group {
    volatile;
    default "";
<#list pooledPaths as member>
    <@maps.key member.module/> [=member.group];
</#list>
}
</#if>
<#if pooledHosts?has_content>
map $a64_module $a64_host_group {
    default "";
<#list pooledHosts as member>
    <@maps.key member.module/> [=member.group];
</#list>
}
</#if>
<#if poolGroups?has_content>
map $a64_module $a64_pool_generation {
    volatile;
    default [=usualGeneration];
<#list otherGenerations as member>
    <@maps.key member.module/> [=member.generation];
</#list>
}
</#if>
<#list poolGroups as group>
upstream [=group.name] {
    hash $a64_module;
<#list group.servers as server>
    server [=server.address] max_fails=0<#if server.weight gt 1> weight=[=server.weight]</#if>;
</#list>
<#if poolKeepalive gt 0>
    keepalive [=poolKeepalive];
    keepalive_timeout 2s;
</#if>
}
</#list>
</#macro>

<#macro proxying>
    client_max_body_size [=defaults.maxBody];
    proxy_read_timeout [=defaults.readTimeout]ms;
    proxy_next_upstream off;
    # Where modules share a group, an operator's cache cannot tell them apart, and a retry needs the whole body.
    proxy_cache off;
    proxy_store off;
    proxy_request_buffering on;
    proxy_intercept_errors off;
    # The operator's own page for errors comes after another try.
    recursive_error_pages on;
    error_page 502 = @a64_again;
</#macro>

<#macro again>
    client_max_body_size [=defaults.maxBody];
    proxy_read_timeout [=defaults.readTimeout]ms;
    proxy_next_upstream off;
    # Where modules share a group, an operator's cache cannot tell them apart, and a retry needs the whole body.
    proxy_cache off;
    proxy_store off;
    proxy_request_buffering on;
    recursive_error_pages on;
    if ($request_method ~ "^(?:POST|LOCK|PATCH)\z") {
        return 502;
    }
</#macro>

<#macro member>
    set $a64_module $a64_segment;
    set $a64_generation $a64_pool_generation;
    set $a64_prefix /$a64_segment;
</#macro>

<#macro pathLocations>
set $a64_group "";
# A request that has its module keeps it, also while a subrequest of the operator's, which shares our variables, is under way.
set $a64_seen "$a64_module$uri";
if ($a64_seen ~ "(?s)^/(?<a64_segment>[a-z0-9][a-z0-9-]*)(?<a64_rest>(?:/.*)?)\z") {
    set $a64_group $a64_path_group;
}
if ($a64_group) {
    rewrite ^ /__a64/$a64_group$a64_rest last;
}
<#list pathGroups as group>
location = /__a64/[=group] {
    internal;
<@member/>
    client_max_body_size [=defaults.maxBody];
    return 308 /$a64_segment/$is_args$args;
}
location = /__a64/[=group]/health {
    internal;
    access_log off;
<@member/>
<@proxying/>
    proxy_pass http://[=group]/health;
}
location ^~ /__a64/[=group]/ {
    internal;
<@member/>
<@proxying/>
    proxy_pass http://[=group]/;
}
</#list>
location @a64_again {
<@again/>
    rewrite ^ $a64_rest break;
    proxy_pass http://$a64_group;
}
</#macro>
