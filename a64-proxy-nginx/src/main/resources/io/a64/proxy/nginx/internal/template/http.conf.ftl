<#import "maps.ftl" as maps>
<#import "pool.ftl" as pool>
<#import "ports.ftl" as ports>
# Written by A64 Ports: included in http {}. Changes here end with this generation.
<@maps.hashes/>
<@maps.shared/>
<@pool.upstreams/>
<#list routes as route>
upstream [=route.group] {
<#if route.balancing??>
    # The workers know together how busy a replica is, and whether it lives.
    zone [=route.group] 128k;
    [=route.balancing];
</#if>
<#list route.upstreams as upstream>
    server [=upstream] max_fails=3 fail_timeout=5s;
</#list>
<#if keepalive gt 0>
    keepalive [=keepalive];
    keepalive_timeout 2s;
</#if>
}
</#list>
<#list rates as rate>
limit_req_zone "$a64_module $binary_remote_addr" zone=[=rate.zone]:4m rate=[=rate.perSecond]r/s;
</#list>
<#if connectionZone??>
limit_conn_zone "$a64_module $binary_remote_addr" zone=[=connectionZone]:4m;
</#if>
<#list publicPorts as port>
<@ports.port port/>
</#list>
