"""The support code that students get: runs their code, checks what comes back and says what is wrong in their words."""
