/* The limit: N accepted connections, and one write() of the same bytes to each.

   loop PORT N: on stdin "write LENGTH\n" writes that many bytes to every connection. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
  (void)argc;
  int port = atoi(argv[1]), n = atoi(argv[2]), one = 1;
  int listening = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
  setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listening, (struct sockaddr *)&at, sizeof at) || listen(listening, 4096)) return 1;
  int *fds = calloc(n, sizeof *fds);
  setvbuf(stdout, NULL, _IOLBF, 0);
  printf("listening\n");
  for (int i = 0; i < n; i++) {
    fds[i] = accept4(listening, NULL, NULL, SOCK_NONBLOCK);
    setsockopt(fds[i], IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  }
  char line[64], *bytes = NULL;
  while (fgets(line, sizeof line, stdin)) {
    size_t length = 0;
    if (sscanf(line, "write %zu", &length) != 1) break;
    bytes = realloc(bytes, length);
    memset(bytes, 'x', length);
    for (int i = 0; i < n; i++)
      if (write(fds[i], bytes, length) != (ssize_t)length) return 2;
    printf("written\n");
  }
  return 0;
}
