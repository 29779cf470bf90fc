<#-- A public port: hosts without needs of their own by a map, the others as servers. -->
<#import "maps.ftl" as maps>
<#import "traffic.ftl" as traffic>
<#import "location.ftl" as location>
<#import "pool.ftl" as pool>

<#macro health>
    location = /health {
        access_log off;
        default_type text/plain;
        return 200 "ok\n";
    }
</#macro>

<#macro pooled variable>
        set $a64_module $[=variable];
        if ($a64_module = "") {
            return 421;
        }
        set $a64_generation $a64_pool_generation;
<@pool.proxying/>
        proxy_pass http://$a64_host_group;
</#macro>

<#macro port port>
map $host $[=port.variable] {
    default "";
    include [=port.mapFile];
}
<#list port.prefixes as prefix>
map $host $[=prefix.variable] {
    default $[=prefix.otherwise];
<#list prefix.members as member>
    <@maps.key member.host/> [=member.module];
</#list>
}
</#list>
<#if port.names?has_content>
server {
    listen [=port.listen]<#if port.isDefault> default_server</#if>;
    server_name<#list port.names as name> [=name]</#list>;
<@traffic.server host="$host" + port.suffix prefix="\"\""/>
    proxy_redirect off;
<@health/>
<#if port.pooled>
    location / {
<@pooled port.variable/>
    }
<#list port.prefixes as prefix>
    location = [=prefix.bare] {
<@pooled prefix.otherwise/>
    }
    location ^~ [=prefix.path] {
<@pooled prefix.variable/>
    }
</#list>
    location @a64_again {
<@pool.again/>
        proxy_pass http://$a64_host_group;
    }
<#else>
    location / {
        return 421;
    }
</#if>
}
</#if>
<#list port.servers as server>
<@host port server/>
</#list>
</#macro>

<#macro host port server>
server {
    listen [=port.listen];
    server_name [=server.host];
<@traffic.server host="$host" + port.suffix prefix="\"\""/>
    proxy_redirect off;
<@health/>
<#list server.routes as route>
<@location.authorization route/>
</#list>
<#list server.locations as place>
    location <#if place.exact>= <#elseif place.path != "/">^~ </#if>[=place.path] {
<#if place.route??>
<@location.identity place.route/>
<@location.proxying place.route/>
<@location.headers place.route/>
<@location.access place.route/>
<@location.limits place.route/>
        proxy_pass http://[=place.route.group];
<#else>
        return 404;
</#if>
    }
</#list>
}
</#macro>
