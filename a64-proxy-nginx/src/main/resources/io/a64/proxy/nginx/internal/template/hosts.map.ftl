<#import "maps.ftl" as maps>
# Written by A64 Ports: which module has which host of port [=number]. Changes here end with this generation.
<#list hosts as host>
<@maps.key host.key/> [=host.module]; #<#list host.upstreams as upstream> [=upstream]</#list>
</#list>
