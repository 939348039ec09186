// A static glibc program that resolves a name, looks up a user or calls dlopen loads the
// host's shared libraries after all. libcrypto and libcares (getservby*: names of ports,
// and we only have numbers) refer to some of these functions in parts that we never call,
// and so does libstdc++ for locales other than "C" (iconv): the linker's --wrap sends them
// here, where they say no. Those without a body here make the link fail on the day that
// somebody uses them.
#include <iconv.h>
#include <netdb.h>

#include <cerrno>

extern "C" {
int __wrap_getaddrinfo(const char*, const char*, const addrinfo*, addrinfo**) { return EAI_FAIL; }
void __wrap_freeaddrinfo(addrinfo*) {}
int __wrap_getnameinfo(const sockaddr*, socklen_t, char*, socklen_t, char*, socklen_t, int) {
  return EAI_FAIL;
}
hostent* __wrap_gethostbyname(const char*) { return nullptr; }
servent* __wrap_getservbyname(const char*, const char*) { return nullptr; }
int __wrap_getservbyport_r(int, const char*, servent*, char*, size_t, servent** found) {
  *found = nullptr;
  return ENOENT;
}
void* __wrap_dlopen(const char*, int) { return nullptr; }
void* __wrap_dlsym(void*, const char*) { return nullptr; }
int __wrap_dladdr(const void*, void*) { return 0; }
int __wrap_dlclose(void*) { return 0; }
iconv_t __wrap_iconv_open(const char*, const char*) { return reinterpret_cast<iconv_t>(-1); }
size_t __wrap_iconv(iconv_t, char**, size_t*, char**, size_t*) { return static_cast<size_t>(-1); }
int __wrap_iconv_close(iconv_t) { return 0; }
char* __wrap_dlerror() {
  static char message[] = "disabled";
  return message;
}
}
