#include "platform/http/client.h"

#include <arpa/inet.h>

static void find_address(struct client *client, const struct sockaddr *address) {
    if (address == NULL || address->sa_family == AF_UNIX) {
        client->is_local = client->is_trusted = true;
    } else if (address->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)address;
        (void)inet_ntop(AF_INET, &v4->sin_addr, client->address, sizeof client->address);
        client->is_local = (ntohl(v4->sin_addr.s_addr) >> 24) == IN_LOOPBACKNET;
    } else if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)address;
        (void)inet_ntop(AF_INET6, &v6->sin6_addr, client->address, sizeof client->address);
        client->is_local = IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
    }
}

struct client *client_new(int socket, const struct sockaddr *address, bool trusts_all) {
    struct client *client = calloc(1, sizeof *client);
    if (client == NULL)
        return NULL;
    client->watched.socket = socket;
    client->is_trusted = trusts_all;
    find_address(client, address);
    return client;
}
