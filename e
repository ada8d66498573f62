flowanon: /tmp/kinds/m/key: a key is 32 bytes, or 64 hexadecimal digits
