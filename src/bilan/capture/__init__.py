"""What comes in from outside: files and, one day, the network. The only room that will dial out."""
