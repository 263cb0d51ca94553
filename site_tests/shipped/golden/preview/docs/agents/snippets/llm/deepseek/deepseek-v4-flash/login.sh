llm keys set llmbase
