#define _DEFAULT_SOURCE		/* IP_MTU, IPV6_MTU */

#include "base/pathmtu.h"

#include <netinet/in.h>
#include <sys/socket.h>

size_t
pathmtu(int fd, int family)
{
	int bytes = 0;
	socklen_t n = sizeof bytes;

	if (getsockopt(fd, family == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IP,
	    family == AF_INET6 ? IPV6_MTU : IP_MTU, &bytes, &n) < 0)
		return 0;
	return bytes > 0 ? (size_t)bytes : 0;
}
