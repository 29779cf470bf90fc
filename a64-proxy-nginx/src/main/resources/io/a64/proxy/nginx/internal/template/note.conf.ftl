# Written by A64 Ports: module [=route.module], generation [=route.generation].
# For your eyes only: there are so many modules that NGINX finds this one by a map, in a64/current/http.conf.
# [=route.path] -><#list route.upstreams as upstream> [=upstream]</#list>
