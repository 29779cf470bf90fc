# Written by A64 Ports: which module has which host of port [=number]. Changes here end with this generation.
<#list hosts as host>
[=host.key] [=host.module]; #<#list host.upstreams as upstream> [=upstream]</#list>
</#list>
